using System.Text;
using System.Text.Json.Nodes;
using Sluice.Resources.Reading;
using Sluice.Resources.Schemas;

namespace Sluice.Resources.Tests.Schemas;

/// <summary>An object means the same to the binders before and after the schemas' defaults are filled in.</summary>
public class BinderDefaultTests
{
    [Fact]
    public void SmallSet_MeansTheSameWithDefaults()
    {
        var kinds = Manifests.Known(Manifests.Small).Select(one => Compare("small", one.Schema, one.Item)).ToHashSet();

        Assert.Equal(29, kinds.Count);
    }

    [Fact]
    public void Examples_MeanTheSameWithDefaults() => Assert.InRange(Compare(Manifests.Examples()), 20, int.MaxValue);

    [Fact]
    public void ConformanceManifests_MeanTheSameWithDefaults() => Assert.InRange(Compare(Manifests.Conformance()), 100, int.MaxValue);

    /// <summary>A value that no default fills in: the test above would see a difference.</summary>
    [Fact]
    public void Text_SeesEveryValue()
    {
        var (_, item) = Manifests.Known(Manifests.Small).First(one => one.Schema.Kind == "Gateway");
        var before = Bind(item);
        item["spec"]!["listeners"]![0]!["hostname"] = "a.example";

        Assert.NotEqual(before, Bind(item));
    }

    private static int Compare(IEnumerable<(string Name, string Text)> files) => files.Sum(file => Manifests.Known(file.Text).Count(one => Compare(file.Name, one.Schema, one.Item) is not null));

    private static string? Compare(string name, KindSchema schema, JsonObject item)
    {
        var before = Bind(item);
        if (before is null)
            return null;
        Defaulting.Apply(schema.Root, item);
        Assert.True(before == Bind(item), $"{name}: {item.ToJsonString()}\n{before}\n{Bind(item)}");
        return schema.Kind;
    }

    /// <summary>Null for kinds that no binder reads, and for objects that are wrong.</summary>
    private static string? Bind(JsonObject item)
    {
        var file = new ManifestReader().Read("object.json", Encoding.UTF8.GetBytes(item.ToJsonString()), now: DateTimeOffset.UnixEpoch);
        return file.Objects.Count == 0 ? null : ObjectText.Of(file.Objects[0]);
    }
}
