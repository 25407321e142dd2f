namespace Sluice.Resources.Reading.Binding;

/// <summary>The last few different values, newest in place of the oldest.</summary>
internal sealed class Recent<T>(Func<T, T, bool> equal)
    where T : class
{
    private readonly T?[] _values = new T?[8];
    private int _next;

    /// <summary>An equal value of before, or this one.</summary>
    public T Share(T value)
    {
        foreach (var known in _values)
        {
            if (known is not null && equal(known, value))
                return known;
        }

        _values[_next++ % _values.Length] = value;
        return value;
    }
}
