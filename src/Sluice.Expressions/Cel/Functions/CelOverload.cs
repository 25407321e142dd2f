namespace Sluice.Expressions.Cel;

/// <summary>
/// One way to call a function. <c>IsMethod</c>: called as first.Name(others). <c>Parameters</c>: one to three.
/// </summary>
internal sealed record CelOverload(string Name, bool IsMethod, CelType[] Parameters, CelType Result, CelImplementation Invoke)
{
    /// <summary>Computes the result's type where it depends on the arguments'.</summary>
    public Func<CelType[], CelType>? ResultOf { get; init; }

    /// <summary>An argument that is known and wrong is an error of the expression, not of its evaluations.</summary>
    public bool IsLiteralChecked { get; init; }

    public static CelOverload Function(string name, CelType[] parameters, CelType result, CelImplementation implementation) =>
        new(name, false, parameters, result, implementation);

    public static CelOverload Method(string name, CelType[] parameters, CelType result, CelImplementation implementation) =>
        new(name, true, parameters, result, implementation);

    public override string ToString() => IsMethod
        ? $"{Parameters[0]}.{Name}({string.Join(", ", Parameters.Skip(1))})"
        : $"{Name}({string.Join(", ", (object[])Parameters)})";
}
