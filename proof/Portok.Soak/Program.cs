using Portok.Soak;

SoakOptions options;
try
{
    options = SoakOptions.Parse(args);
}
catch (FormatException fault)
{
    Console.Error.WriteLine(fault.Message);
    Console.Error.WriteLine(SoakOptions.Usage);
    return 2;
}

if (options.Help)
{
    Console.WriteLine(SoakOptions.Usage);
    return 0;
}

return await SoakProof.RunAsync(options, args, Console.Out) ? 0 : 1;
