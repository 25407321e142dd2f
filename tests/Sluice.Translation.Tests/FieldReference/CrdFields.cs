using Sluice.Translation.Tests.Support;
using YamlDotNet.RepresentationModel;

namespace Sluice.Translation.Tests.FieldReference;

/// <summary>The fields of a CRD that hold a value: scalars, maps and lists of scalars.</summary>
internal static class CrdFields
{
    private static readonly string Folder = Path.Combine(Repository.Shared, "conformance", "crd", "experimental");

    public static bool AreThere => Directory.Exists(Folder);

    /// <summary>Of spec and status, of version v1 or else the stored one.</summary>
    public static IReadOnlyList<string> Of(string plural)
    {
        var stream = new YamlStream();
        using (var reader = File.OpenText(Path.Combine(Folder, $"gateway.networking.k8s.io_{plural}.yaml")))
            stream.Load(reader);
        var versions = ((YamlSequenceNode)stream.Documents[0].RootNode["spec"]["versions"]).Children;
        var version = versions.FirstOrDefault(one => one["name"].ToString() == "v1") ?? versions.First(one => one["storage"].ToString() == "true");
        var fields = new List<string>();
        foreach (var (key, part) in (YamlMappingNode)version["schema"]["openAPIV3Schema"]["properties"])
        {
            if (key.ToString() is "spec" or "status")
                Collect((YamlMappingNode)part, key.ToString(), fields);
        }
        return fields;
    }

    private static void Collect(YamlMappingNode schema, string path, List<string> fields)
    {
        if (schema.Children.TryGetValue("items", out var items))
        {
            Collect((YamlMappingNode)items, path + "[]", fields);
            return;
        }
        if (!schema.Children.TryGetValue("properties", out var properties))
        {
            fields.Add(path);
            return;
        }
        foreach (var (key, property) in (YamlMappingNode)properties)
            Collect((YamlMappingNode)property, $"{path}.{key}", fields);
    }
}
