using Portok.Cli.CommandLine;

return await new PortokCommandLine(CliHost.FromProcess()).RunAsync(args).ConfigureAwait(false);
