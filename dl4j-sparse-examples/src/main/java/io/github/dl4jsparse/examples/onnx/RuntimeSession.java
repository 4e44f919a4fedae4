package io.github.dl4jsparse.examples.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A network in ONNX Runtime, on the CPU. */
final class RuntimeSession implements AutoCloseable {
    /**
     * Numbers in c order.
     *
     * @param shape  the first axis is the batch
     * @param values not copied
     */
    record Array(long[] shape, float[] values) {}

    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;

    /** @param threads that a product may take */
    RuntimeSession(Path file, int threads) throws IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            session = environment.createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime can't read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The outputs of the network, in its order.
     *
     * @param inputs in the network's order. Not modified.
     */
    List<Array> run(List<Array> inputs) throws IOException {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            for (String name : session.getInputNames()) {
                Array input = inputs.get(tensors.size());
                tensors.put(
                        name, OnnxTensor.createTensor(environment, FloatBuffer.wrap(input.values()), input.shape()));
            }
            List<Array> outputs = new ArrayList<>();
            try (OrtSession.Result result = session.run(tensors)) {
                for (Map.Entry<String, ai.onnxruntime.OnnxValue> each : result) {
                    OnnxTensor tensor = (OnnxTensor) each.getValue();
                    FloatBuffer buffer = tensor.getFloatBuffer();
                    float[] values = new float[buffer.remaining()];
                    buffer.get(values);
                    outputs.add(new Array(tensor.getInfo().getShape(), values));
                }
            }
            return outputs;
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime can't run the network: " + e.getMessage(), e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IOException("ONNX Runtime can't close the network: " + e.getMessage(), e);
        }
    }
}
