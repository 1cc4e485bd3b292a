package io.github.ignitetasks.internal.codec;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a class whose objects no call may reach, on any runner. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface NotCapturable {

    /** Returns what the user should do instead. */
    String remedy();
}
