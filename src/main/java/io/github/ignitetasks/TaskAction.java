package io.github.ignitetasks;

import java.io.Serializable;

/**
 * Code that takes no argument and returns nothing, with everything that it needs captured in it. It is a {@link
 * TaskCall} without a result: what is said of calls holds for actions too.
 */
@FunctionalInterface
public interface TaskAction extends Serializable {

    /**
     * Runs the code.
     *
     * @throws Exception if the code fails; the session catches the exception, and the task is Failed with it
     */
    void run() throws Exception;
}
