using Xunit;

// Instrumented code counts into one map of the process, and these tests keep a core busy: one after the other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
