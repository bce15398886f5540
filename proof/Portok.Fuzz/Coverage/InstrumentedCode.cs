using System.Reflection;
using System.Runtime.Loader;
using dnlib.DotNet;
using dnlib.DotNet.Emit;
using SharpFuzz;

namespace Portok.Fuzz.Coverage;

/// <summary>
/// Instrumented copies of Portok's assemblies in a load context of their own, together with a copy of the program that uses
/// them; the originals stay as they are. What crosses the border are delegates over types of the runtime.
/// </summary>
internal sealed class InstrumentedCode : IDisposable
{
    private static readonly string[] Products = ["Portok.Http1", "Portok.Engine"];

    private readonly string _folder = Directory.CreateTempSubdirectory("portok-fuzz-").FullName;
    private readonly PlantedFault? _planted;
    private readonly Context _context;
    private readonly FieldInfo _previousLocation;

    /// <param name="map">Where the code counts its edges.</param>
    /// <param name="planted">A fault to plant in a product; null for none.</param>
    /// <param name="others">Assemblies to load beside the products, and of which types to instrument; null for none.</param>
    internal InstrumentedCode(CoverageMap map, PlantedFault? planted, params (string Assembly, Func<string, bool>? Types)[] others)
    {
        _planted = planted;
        foreach (string product in Products) Instrument(product, IsOfInterest);
        foreach ((string assembly, Func<string, bool>? types) in others) Instrument(assembly, types);
        if (planted is { IsPlanted: false }) throw new InvalidOperationException($"No product has a type {planted.Type}: nothing was planted.");
        _context = new Context(_folder);
        Type trace = typeof(SharpFuzz.Common.Trace);
        trace.GetField("SharedMem")!.SetValue(null, map.Address);
        _previousLocation = trace.GetField("PrevLocation")!;
    }

    /// <summary>A delegate made by a static method of an instrumented assembly.</summary>
    internal Action<byte[]> Make(string assembly, string type, string method, params object[] arguments)
    {
        Type maker = _context.LoadFromAssemblyName(new AssemblyName(assembly)).GetType(type, throwOnError: true)!;
        const BindingFlags any = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        return (Action<byte[]>)maker.GetMethod(method, any)!.Invoke(null, arguments)!;
    }

    /// <summary>An execution begins: no branch came before its first.</summary>
    internal void Begin() => _previousLocation.SetValue(null, 0);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>Clocks and histograms would make the same input look different each time.</summary>
    private static bool IsOfInterest(string type)
        => !type.StartsWith('<') && !type.Contains("LatencyHistogram", StringComparison.Ordinal) && !type.Contains("RequestRate", StringComparison.Ordinal);

    private void Instrument(string assembly, Func<string, bool>? types)
    {
        string copy = Path.Combine(_folder, assembly + ".dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, assembly + ".dll"), copy);
        _planted?.PlantIn(copy);
        if (types is not null && Fuzzer.Instrument(copy, types, Options.Value).Any()) Number(copy);
    }

    /// <summary>
    /// Gives each place a fixed number: SharpFuzz draws them at random, and the same seed is to give the same run. Its
    /// pattern is <c>SharedMem[id ^ PrevLocation]++; PrevLocation = id >> 1</c>.
    /// </summary>
    private static void Number(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        using ModuleDefMD module = ModuleDefMD.Load(image);
        uint next = (uint)Path.GetFileName(path).Length * 7919;
        foreach (CilBody body in module.GetTypes().SelectMany(t => t.Methods).Select(m => m.Body).OfType<CilBody>())
        {
            int id = 0;
            body.SimplifyBranches();
            for (int i = 1; i < body.Instructions.Count; i++)
            {
                Instruction before = body.Instructions[i - 1], instruction = body.Instructions[i];
                if (before.OpCode == OpCodes.Ldsfld && IsOfTrace(before, "SharedMem") && instruction.IsLdcI4())
                {
                    // An odd factor makes a permutation of the 65,536 numbers.
                    id = (int)((++next * 40503) & (CoverageMap.Size - 1));
                    Set(instruction, id);
                }
                else if (instruction.OpCode == OpCodes.Stsfld && IsOfTrace(instruction, "PrevLocation") && before.IsLdcI4())
                {
                    Set(before, id >> 1);
                }
            }
        }

        module.Write(path);
    }

    private static bool IsOfTrace(Instruction instruction, string field)
        => instruction.Operand is IField { Name.String: { } name } member && name == field && member.DeclaringType.Name == "Trace";

    private static void Set(Instruction instruction, int value)
    {
        instruction.OpCode = OpCodes.Ldc_I4;
        instruction.Operand = value;
    }

    /// <summary>Copies first; what has none is shared with the program.</summary>
    private sealed class Context(string folder) : AssemblyLoadContext("instrumented")
    {
        protected override Assembly? Load(AssemblyName assemblyName)
        {
            string copy = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(copy) ? LoadFromAssemblyPath(copy) : null;
        }
    }
}
