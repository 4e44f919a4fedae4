package io.github.dl4jsparse.serve;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An ONNX file in ONNX Runtime, on the CPU with one thread. */
public final class OnnxSession implements AutoCloseable {
    private final OrtSession session;
    private final OrtSession.SessionOptions options = new OrtSession.SessionOptions();

    /** Loads a file. */
    public OnnxSession(Path file) {
        try {
            options.setIntraOpNumThreads(1);
            session = OrtEnvironment.getEnvironment().createSession(file.toString(), options);
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * The outputs by name.
     *
     * @param inputs in the order of the network's. Not modified.
     */
    public Map<String, INDArray> run(INDArray... inputs) {
        Map<String, OnnxTensor> tensors = new LinkedHashMap<>();
        try {
            int i = 0;
            for (String name : session.getInputNames()) {
                tensors.put(name, tensor(inputs[i++]));
            }
            Map<String, INDArray> outputs = new LinkedHashMap<>();
            try (OrtSession.Result result = session.run(tensors)) {
                for (Map.Entry<String, ai.onnxruntime.OnnxValue> each : result) {
                    outputs.put(each.getKey(), array((OnnxTensor) each.getValue()));
                }
            }
            return outputs;
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private static OnnxTensor tensor(INDArray array) throws OrtException {
        float[] values = array.castTo(DataType.FLOAT).dup('c').data().asFloat();
        return OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), FloatBuffer.wrap(values), array.shape());
    }

    private static INDArray array(OnnxTensor tensor) {
        float[] values = new float[tensor.getFloatBuffer().remaining()];
        tensor.getFloatBuffer().get(values);
        return Nd4j.createFromArray(values).reshape('c', tensor.getInfo().getShape());
    }

    @Override
    public void close() {
        try {
            session.close();
            options.close();
        } catch (OrtException e) {
            throw new IllegalStateException(e);
        }
    }
}
