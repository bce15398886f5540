using System.Globalization;
using Portok.Overload;
using Portok.Overload.App;

// The app is this program in a process of its own.
if (args is ["app", var port, var name]) return CrowdApp.Run(int.Parse(port, CultureInfo.InvariantCulture), name);

OverloadOptions options;
try
{
    options = OverloadOptions.Parse(args);
}
catch (FormatException fault)
{
    Console.Error.WriteLine(fault.Message);
    Console.Error.WriteLine(OverloadOptions.Usage);
    return 2;
}

if (options.Help)
{
    Console.WriteLine(OverloadOptions.Usage);
    return 0;
}

return await OverloadProof.RunAsync(options, args, Console.Out) ? 0 : 1;
