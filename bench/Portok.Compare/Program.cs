using System.Globalization;
using System.Runtime.InteropServices;
using Portok.Compare.CommandLine;
using Portok.Compare.Load.Clients;
using Portok.Compare.Origins;
using Portok.Compare.Processes;

// This program is its own app and its own crowd of clients, in processes of their own.
switch (args)
{
    case [StreamApp.Verb, var port]:
        return StreamApp.Run(int.Parse(port, CultureInfo.InvariantCulture));
    case [ConnectionHolder.Verb, var port, var count, var kind]:
        return ConnectionHolder.Run(int.Parse(port, CultureInfo.InvariantCulture), int.Parse(count, CultureInfo.InvariantCulture), kind is "tunnels");
}

// A signal ends this process at once, and what it has started would live on: leave by the door at which that is ended.
PosixSignalRegistration[] signals = [.. new[] { PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP }
    .Select(signal => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        Environment.Exit(1);
    }))];
try
{
    return Commands.Root().Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (CompareException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 1;
}
finally
{
    Array.ForEach(signals, signal => signal.Dispose());
}
