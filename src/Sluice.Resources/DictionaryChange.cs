namespace Sluice.Resources;

/// <summary>
/// How a persistent dictionary differs from the one that it was built from: whoever has both need not compare them. Only kept of
/// few changes.
/// </summary>
/// <param name="Before">What was begun with.</param>
/// <param name="After">What came of it.</param>
/// <param name="Keys">What was put in or taken out; of some the value may be the same instance as before.</param>
public sealed record DictionaryChange(object Before, object After, IReadOnlyCollection<NamespacedName> Keys)
{
    /// <summary>With more keys than this a comparison costs no more.</summary>
    public const int MostKeys = 256;

    /// <summary>The keys, when these two are the dictionaries in question; else null.</summary>
    public IReadOnlyCollection<NamespacedName>? Between(object before, object after) =>
        ReferenceEquals(before, Before) && ReferenceEquals(after, After) ? Keys : null;
}
