using System.Globalization;
using Portok.Overload;
using Portok.Overload.App;
using Portok.Proof;

// The app is this program in a process of its own.
if (args is ["app", var port, var name]) return CrowdApp.Run(int.Parse(port, CultureInfo.InvariantCulture), name);

return await ProofProgram.RunAsync<OverloadOptions>(args, options => OverloadProof.RunAsync(options, args, Console.Out));
