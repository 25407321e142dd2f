namespace Sluice.Expressions.Cel;

/// <summary>For expressions of constants.</summary>
public sealed class NoVariables : ICelVariables
{
    private NoVariables()
    {
    }

    public static NoVariables Instance { get; } = new();

    public CelValue Get(int attribute) => CelValue.Absent;

    public CelValue GetEntry(int attribute, ReadOnlySpan<byte> key) => CelValue.Absent;
}
