using Sluice.Resources.Tests.Reading;
using YamlDotNet.RepresentationModel;

namespace Sluice.Resources.Tests.Schemas;

/// <summary>A CRD of the Gateway API, as its release holds it.</summary>
internal sealed class CrdFile
{
    private readonly YamlMappingNode _spec;

    /// <param name="channel">"standard" or "experimental".</param>
    /// <param name="plural">The kind's name in URLs.</param>
    public CrdFile(string channel, string plural)
    {
        var path = Path.Combine(SharedFolder.Require("conformance"), "crd", channel, $"gateway.networking.k8s.io_{plural}.yaml");
        var stream = new YamlStream();
        using (var reader = File.OpenText(path))
            stream.Load(reader);
        _spec = (YamlMappingNode)stream.Documents[0].RootNode["spec"];
        foreach (var version in (YamlSequenceNode)_spec["versions"])
            Versions.Add(version["name"].ToString(), (YamlMappingNode)version);
    }

    public YamlMappingNode Names => (YamlMappingNode)_spec["names"];

    public string Scope => _spec["scope"].ToString();

    public Dictionary<string, YamlMappingNode> Versions { get; } = [];

    /// <summary>The root of version v1.</summary>
    public YamlMappingNode Root => (YamlMappingNode)Versions["v1"]["schema"]["openAPIV3Schema"];
}
