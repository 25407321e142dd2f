using System.Text.Json;
using System.Text.Json.Serialization;

namespace Sluice.Conformance.Data;

/// <summary>
/// Reads expectations. Every member must be known here: one that is not would be a demand that nobody checks, so it is an
/// error.
/// </summary>
internal static class ExpectationsFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>The suite's: an object with "conventions" and the list "tests".</summary>
    /// <exception cref="UsageException">It is not as described.</exception>
    public static IReadOnlyList<TestData> ReadSuite(string file) => Read(file, () =>
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return document.RootElement.GetProperty("tests").Deserialize<TestData[]>(Options)!;
    });

    /// <summary>One of our own: a single test.</summary>
    /// <exception cref="UsageException">It is not as described.</exception>
    public static TestData ReadOne(string file) => Read(file, () => JsonSerializer.Deserialize<TestData>(File.ReadAllBytes(file), Options)!);

    private static T Read<T>(string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException error)
        {
            throw new UsageException($"{file}: {error.Message}");
        }
    }
}
