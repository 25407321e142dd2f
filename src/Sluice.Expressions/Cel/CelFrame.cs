namespace Sluice.Expressions.Cel;

/// <summary>What one evaluation needs: variables, those of comprehensions, and what it may still cost. Reused by its thread.</summary>
internal sealed class CelFrame
{
    /// <summary>Comprehensions within each other.</summary>
    public const int MaxLocals = 8;

    private const int TextUnit = 16;

    [ThreadStatic]
    private static CelFrame? _spare;

    private long _remaining;

    public ICelVariables Variables { get; private set; } = NoVariables.Instance;

    public CelValue[] Locals { get; } = new CelValue[MaxLocals];

    public bool IsExhausted => _remaining < 0;

    public static CelFrame Rent(ICelVariables variables, long maxCost)
    {
        var frame = _spare ?? new CelFrame();
        _spare = null;
        frame.Variables = variables;
        frame._remaining = maxCost;
        return frame;
    }

    public void Return()
    {
        Variables = NoVariables.Instance;
        Array.Clear(Locals);
        _spare = this;
    }

    /// <summary>False when the evaluation has cost too much: it ends as soon as may be.</summary>
    public bool Charge(long units) => (_remaining -= Math.Min(units, 1L << 40)) >= 0;

    /// <summary>For bytes that are looked at or written.</summary>
    public bool ChargeText(long bytes) => Charge(1 + (bytes / TextUnit));
}
