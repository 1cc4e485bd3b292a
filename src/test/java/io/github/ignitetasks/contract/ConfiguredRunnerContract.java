package io.github.ignitetasks.contract;

/**
 * The contract of a runner that only finds its grid differently.
 *
 * <p>Such a runner runs tasks by the same code as another one, and that one is tested by all of
 * {@link TaskRunnerContract}. So these tests cover what its configuration could change.
 */
public abstract class ConfiguredRunnerContract extends OpenSessionContract implements CloseContract {}
