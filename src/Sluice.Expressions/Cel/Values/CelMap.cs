namespace Sluice.Expressions.Cel;

/// <summary>A map that expressions and templates read; its entries keep their order.</summary>
public abstract class CelMap
{
    public abstract int Count { get; }

    /// <param name="index">From 0 to below <see cref="Count"/>.</param>
    public abstract CelValue KeyAt(int index);

    public abstract CelValue ValueAt(int index);

    /// <summary>Absent when there is no such key.</summary>
    public abstract CelValue Find(in CelValue key);
}
