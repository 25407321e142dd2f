namespace Sluice.Expressions.Cel;

/// <summary>A list that expressions and templates read. Elements may be made when they are asked for.</summary>
public abstract class CelList
{
    public abstract int Count { get; }

    /// <param name="index">From 0 to below <see cref="Count"/>.</param>
    public abstract CelValue this[int index] { get; }

    public static CelList Of(params CelValue[] values) => new CelArray(values, values.Length);
}
