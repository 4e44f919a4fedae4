package io.github.dl4jsparse.nn;

import io.github.dl4jsparse.energy.LearnedInhibition;
import io.github.dl4jsparse.nn.lista.Choice;
import io.github.dl4jsparse.testkit.UnsupervisedLayerContract;
import java.lang.reflect.Field;

/** The contract of layers with an unsupervised loss, with other values of the choices that this library's own layers have. */
public abstract class OwnLayerContract extends UnsupervisedLayerContract {
    @Override
    public Object otherValue(Field field, Object value) {
        if (field.getType() == LearnedInhibition.class) {
            return LearnedInhibition.ascent(1, 1);
        }
        Object choice = Choice.other(field.getType());
        return choice == null ? super.otherValue(field, value) : choice;
    }
}
