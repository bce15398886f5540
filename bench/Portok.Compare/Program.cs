using System.Globalization;
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

try
{
    return Commands.Root().Parse(args).Invoke(new() { EnableDefaultExceptionHandler = false });
}
catch (CompareException fault)
{
    Console.Error.WriteLine(fault.Message);
    return 1;
}
