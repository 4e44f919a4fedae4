package io.github.dl4jsparse.internal.parallel;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A thread that helps callers with their parts, one caller after the other. Between two computations of the same training step it
 * waits awake for a moment: the system may wake a sleeping thread on the very processor that its caller is busy on.
 */
final class Helper extends Thread {
    /** How long a helper waits awake, in nanoseconds. */
    private static final long AWAKE = 50_000;

    /** After which it ends, in nanoseconds. */
    private static final long IDLE = 30_000_000_000L;

    private static final ConcurrentLinkedDeque<Helper> FREE = new ConcurrentLinkedDeque<>();
    private static final AtomicInteger MADE = new AtomicInteger();

    private final AtomicReference<Runnable> work = new AtomicReference<>();

    private Helper(Runnable first) {
        super("sparse-" + MADE.incrementAndGet());
        setDaemon(true);
        work.set(first);
    }

    /** Gives work to a free helper, or a new one. */
    static Helper of(Runnable work) {
        Helper free = FREE.pollFirst();
        if (free == null) {
            Helper made = new Helper(work);
            made.start();
            return made;
        }
        free.work.set(work);
        LockSupport.unpark(free);
        return free;
    }

    /** Takes work back that has not begun; the helper is free again. */
    boolean takeBack(Runnable given) {
        boolean back = work.compareAndSet(given, null);
        if (back) {
            FREE.addFirst(this);
        }
        return back;
    }

    /** The calling helper has done its work and may be given other work. */
    static void free() {
        FREE.addFirst((Helper) currentThread());
    }

    @Override
    public void run() {
        long since = System.nanoTime();
        while (true) {
            Runnable given = work.getAndSet(null);
            if (given != null) {
                given.run();
                since = System.nanoTime();
                continue;
            }
            long waited = System.nanoTime() - since;
            if (waited < AWAKE) {
                Thread.onSpinWait();
            } else if (waited < IDLE) {
                LockSupport.parkNanos(this, IDLE - waited + 1);
            } else if (FREE.remove(this)) {
                return;
            } else {
                // somebody is about to give it work
                since = System.nanoTime();
            }
        }
    }
}
