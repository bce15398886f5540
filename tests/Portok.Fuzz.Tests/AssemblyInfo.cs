using Xunit.Sdk;
using Xunit.v3;

// Instrumented code counts into one map of the process, and these tests keep a core busy: one after the other.
[assembly: Parallelization(Mode = ParallelMode.None)]
