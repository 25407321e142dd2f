namespace Sluice.Expressions.Cel;

/// <summary>The first elements of an array.</summary>
internal sealed class CelArray(CelValue[] values, int count) : CelList
{
    public static CelArray Empty { get; } = new([], 0);

    public override int Count => count;

    public override CelValue this[int index] => values[index];

    public Span<CelValue> Span => values.AsSpan(0, count);
}
