using System.Text.Json;

namespace Sluice.Exporter.Tests.Support;

/// <summary>Reference data of the metrics that are matched, beside the repository, when it is there.</summary>
internal static class SharedMetrics
{
    /// <summary>Null when there is none.</summary>
    public static string? Folder { get; } = Find();

    public static IEnumerable<JsonElement> Cases(string list) => Folder is null ? [] : Read("cases.json").GetProperty(list).EnumerateArray();

    public static JsonElement Read(string file) => JsonDocument.Parse(File.ReadAllBytes(Path(file))).RootElement;

    public static string Path(string file)
    {
        Assert.SkipWhen(Folder is null, "needs ../shared/metrics beside the repository");
        return System.IO.Path.Combine(Folder, file);
    }

    public static Dictionary<string, string> Labels(JsonElement labels) => labels.EnumerateObject().ToDictionary(label => label.Name, label => label.Value.GetString()!);

    private static string? Find()
    {
        var folder = System.IO.Path.Combine(Repository.Root, "..", "shared", "metrics");
        return Directory.Exists(folder) ? folder : null;
    }
}
