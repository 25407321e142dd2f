using System.Text.Encodings.Web;
using System.Text.Json;
using Sluice.Configuration.Json;
using Sluice.Translation.Json;
using Sluice.Translation.Tests.Support;

namespace Sluice.Translation.Tests;

/// <summary>
/// Every folder cases/AREA/NAME holds in.yaml and what must come of it. After an intended change, run with
/// SLUICE_UPDATE_CASES=1 to write the expectations anew, and review the difference.
/// </summary>
public sealed class GoldenTests
{
    private static readonly bool Updates = Environment.GetEnvironmentVariable("SLUICE_UPDATE_CASES") == "1";

    // What certificates of the cases are compared with.
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static TheoryData<string> Cases =>
    [
        .. Directory.EnumerateFiles(Repository.Cases, "in.yaml", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(Repository.Cases, Path.GetDirectoryName(file)!))
            .Order(StringComparer.Ordinal),
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Translate_Case_GivesWhatIsExpected(string name)
    {
        var folder = Path.Combine(Repository.Cases, name);
        var snapshot = ResourcesOf(folder);

        var result = new Translator(new TranslatorOptions { ClaimUnknownClasses = true }).Translate(snapshot, Now);

        Compare(Path.Combine(folder, "expected.status.json"), Json(writer => WriteStatus(writer, result)));
        Compare(Path.Combine(folder, "expected.configuration.json"), Json(writer => WriteConfigurations(writer, result)));
        foreach (var configuration in result.Configurations)
        {
            var bytes = ConfigurationJson.ToBytes(configuration, Secrets.Included);
            Assert.Equal(bytes, ConfigurationJson.ToBytes(ConfigurationJson.Read(bytes), Secrets.Included));
        }
    }

    private static Resources.ResourceSnapshot ResourcesOf(string folder)
    {
        // Relative, so that messages with file names are the same everywhere.
        var content = File.ReadAllBytes(Path.Combine(folder, "in.yaml"));
        return Resources.ResourceSnapshot.Empty.With(Manifests.Read("in.yaml", content));
    }

    private static void WriteStatus(Utf8JsonWriter writer, TranslationResult result)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("status");
        StatusJson.Write(writer, result with { GatewayClasses = new Dictionary<Resources.NamespacedName, Resources.GatewayApi.GatewayClassStatus>() });
        writer.WriteStartArray("notices");
        foreach (var notice in result.Notices)
            writer.WriteStringValue($"{(notice.IsWarning ? "warning" : "info")}: {notice.Subject}: {notice.Message}");
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void WriteConfigurations(Utf8JsonWriter writer, TranslationResult result)
    {
        writer.WriteStartArray();
        foreach (var configuration in result.Configurations)
            ConfigurationJson.Write(writer, configuration);
        writer.WriteEndArray();
    }

    private static string Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Plain))
            write(writer);
        using var document = JsonDocument.Parse(stream.ToArray());
        return ReadableJson.Format(document.RootElement) + "\n";
    }

    private static void Compare(string file, string actual)
    {
        if (Updates)
            File.WriteAllText(file, actual);
        Assert.True(File.Exists(file), $"{file} is missing: write it with SLUICE_UPDATE_CASES=1");
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
