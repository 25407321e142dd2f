using Sluice.Controller.Embedded;
using Sluice.Resources;
using Sluice.Resources.Core;

namespace Sluice.Controller.Tests.Embedded;

public sealed class LayeredObjectsTests
{
    private readonly LayeredObjects _layers = new();

    [Fact]
    public void Merge_WithoutObjectsOfTheApi_IsWhatTheFilesHave()
    {
        var files = Files(Config("a", "file"));

        Assert.Same(files, _layers.Merge(files, []));
    }

    [Fact]
    public void Merge_ObjectOfBoth_IsTheApisWhileItHasIt()
    {
        var (file, api) = (Config("a", "file"), Config("a", "api"));
        var files = Files(file, Config("b", "file"));

        var both = _layers.Merge(files, [Of(api)]);
        Assert.Same(api, both.ConfigMaps[api.Key]);
        Assert.Equal("a.yaml", Assert.Single(_layers.Diagnostics()).File);
        Assert.Equal(1, _layers.Count);

        var after = _layers.Merge(files, [new ApiChange("ConfigMap", api.Key, null)]);
        Assert.Same(file, after.ConfigMaps[file.Key]);
        Assert.Empty(_layers.Diagnostics());
    }

    [Fact]
    public void Merge_FilesThatChange_KeepTheApisObjects()
    {
        var api = Config("a", "api");
        _layers.Merge(Files(Config("b", "file")), [Of(api)]);

        var merged = _layers.Merge(Files(Config("c", "file")), []);

        Assert.Equal(["a", "c"], merged.ConfigMaps.Keys.Select(key => key.Name).Order());
        Assert.Same(merged, _layers.Merge(Files(merged.ConfigMaps[new NamespacedName("default", "c")]), []));
    }

    [Fact]
    public void Merge_NamespaceThatIsAlwaysThere_IsTheFilesWhenTheyHaveIt()
    {
        var file = new Namespace { Metadata = new ObjectMeta { Name = "default", Labels = new Dictionary<string, string> { ["team"] = "a" } } };
        var api = new Namespace { Metadata = new ObjectMeta { Name = "default" } };

        var merged = _layers.Merge(Files(file), [new ApiChange("Namespace", api.Key, api)]);

        Assert.Same(file, merged.Namespaces[file.Key]);
        Assert.Equal(0, _layers.Count);
        Assert.Same(api, _layers.Merge(ResourceSnapshot.Empty, []).Namespaces[api.Key]);
    }

    private static ApiChange Of(KubernetesObject value) => new(value.Kind, value.Key, value);

    private static ConfigMap Config(string name, string from) => new()
    {
        Metadata = new ObjectMeta { Name = name, Namespace = "default", Labels = new Dictionary<string, string> { ["from"] = from } },
        Source = from == "file" ? new SourceLocation($"{name}.yaml", 1) : null,
    };

    private static ResourceSnapshot Files(params KubernetesObject[] objects)
    {
        var builder = new ResourceSnapshotBuilder(ResourceSnapshot.Empty);
        foreach (var value in objects)
            builder.Set(value);
        return builder.ToSnapshot();
    }
}
