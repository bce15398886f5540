using dnlib.DotNet;
using dnlib.DotNet.Emit;

namespace Portok.Fuzz.Coverage;

/// <summary>
/// A fault put into a copy of a product on purpose, to see that the oracles notice: a method that does nothing any more but
/// answer with a constant.
/// </summary>
/// <param name="Type">Full name of the type.</param>
/// <param name="Method">Its method; the first of that name.</param>
/// <param name="Answer">What it answers: 0 or 1 for false or true; unused when it answers nothing.</param>
internal sealed record PlantedFault(string Type, string Method, int Answer)
{
    /// <summary>Whether a product had such a method.</summary>
    internal bool IsPlanted { get; private set; }

    internal void PlantIn(string path)
    {
        byte[] image = File.ReadAllBytes(path);
        using ModuleDefMD module = ModuleDefMD.Load(image);
        if (module.Find(Type, isReflectionName: true) is not { } type) return;
        MethodDef method = type.Methods.FirstOrDefault(m => m.Name == Method) ?? throw new InvalidOperationException($"{Type} has no method {Method} to plant a fault in.");
        IsPlanted = true;
        var body = new CilBody();
        if (method.ReturnType.ElementType != ElementType.Void) body.Instructions.Add(OpCodes.Ldc_I4.ToInstruction(Answer));
        body.Instructions.Add(OpCodes.Ret.ToInstruction());
        method.Body = body;
        module.Write(path);
    }
}
