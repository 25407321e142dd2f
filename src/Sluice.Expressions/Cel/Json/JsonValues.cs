using System.Text.Json;

namespace Sluice.Expressions.Cel;

/// <summary>
/// JSON as values. The text is checked and indexed in one pass; lists and maps are made when they are looked into. Whole numbers
/// that fit are Int or UInt, others Double; of keys that stand there twice the last one counts.
/// </summary>
public static class JsonValues
{
    /// <summary>Arrays and objects within each other.</summary>
    public const int MaxDepth = 64;

    /// <param name="utf8">Kept, and must not change any more: strings are parts of it.</param>
    /// <returns>An Error when it is no JSON, with the place and the reason.</returns>
    public static CelValue Parse(byte[] utf8) => Parse(utf8, 0, utf8.Length);

    /// <inheritdoc cref="Parse(byte[])"/>
    /// <param name="buffer">As above.</param>
    /// <param name="offset">Where the text begins.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="maxValues">Values and keys it may have; each takes 16 bytes.</param>
    public static CelValue Parse(byte[] buffer, int offset, int length, int maxValues = int.MaxValue)
    {
        try
        {
            return new JsonIndex(buffer, offset, length, maxValues).ValueOf(0);
        }
        catch (OverflowException)
        {
            return CelValue.Failure($"the text has more than {maxValues} values and keys");
        }
        catch (JsonException error)
        {
            return CelValue.Failure($"the text is no JSON: line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}");
        }
        catch (InvalidOperationException)
        {
            return CelValue.Failure("the text is no JSON: a string has an escape of half a surrogate pair, or is no UTF-8");
        }
    }
}
