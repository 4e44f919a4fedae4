package io.github.dl4jsparse.internal.parallel;

import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A worker thread that computes parts for callers, one caller after the other. Between two computations it spins for a
 * moment before it sleeps: the operating system may wake a sleeping thread on the processor that its caller occupies.
 */
final class Helper extends Thread {
    /** How long a helper spins, in nanoseconds. */
    private static final long AWAKE = 50_000;

    /** Idle time after which it ends, in nanoseconds. */
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

    /** Withdraws work that has not begun; the helper is then free again. */
    boolean takeBack(Runnable given) {
        boolean back = work.compareAndSet(given, null);
        if (back) {
            FREE.addFirst(this);
        }
        return back;
    }

    /** Marks the calling helper as free for other work. */
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
                // another thread is about to assign work to it
                since = System.nanoTime();
            }
        }
    }
}
