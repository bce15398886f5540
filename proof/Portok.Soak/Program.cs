using Portok.Proof;
using Portok.Soak;

return await ProofProgram.RunAsync<SoakOptions>(args, options => SoakProof.RunAsync(options, args, Console.Out));
