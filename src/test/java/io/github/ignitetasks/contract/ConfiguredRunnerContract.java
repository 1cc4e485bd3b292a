package io.github.ignitetasks.contract;

/**
 * The contract of a runner that differs from another one only in how it finds its grid.
 *
 * <p>Such a runner runs tasks by the same code as the other runner, which passes all of {@link TaskRunnerContract}. So
 * these tests cover only the behavior that its configuration could change.
 */
public abstract class ConfiguredRunnerContract extends OpenSessionContract implements CloseContract {}
