using BenchmarkDotNet.Running;

// ./bench-run --micro --filter '*Head*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
