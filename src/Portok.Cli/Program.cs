using Portok.Cli.CommandLine;

using StopSignals signals = new();
return await new PortokCommandLine(CliHost.FromProcess() with { Stop = signals.Token }).RunAsync(args).ConfigureAwait(false);
