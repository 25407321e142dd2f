using System.Text.Json;

namespace Sluice.Resources.Schemas.OpenApi;

/// <summary>How documents name kinds.</summary>
internal static class OpenApiNames
{
    /// <summary>"io.k8s.networking.gateway.v1.HTTPRoute", "io.k8s.api.core.v1.Service".</summary>
    public static string ComponentOf(KindSchema kind, string version)
    {
        if (kind.IsCustom)
            return $"{string.Join('.', kind.Group.Split('.').Reverse())}.{version}.{kind.Kind}";
        if (kind.Group == "apiextensions.k8s.io")
            return $"io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.{version}.{kind.Kind}";
        return $"io.k8s.api.{(kind.Group.Length == 0 ? "core" : kind.Group.Split('.')[0])}.{version}.{kind.Kind}";
    }

    public static void WriteReference(this Utf8JsonWriter json, string component) => json.WriteString("$ref", $"#/components/schemas/{component}");

    /// <summary>x-kubernetes-group-version-kind of a component.</summary>
    public static void WriteKindList(Utf8JsonWriter json, KindSchema kind, string version, string name)
    {
        json.WriteStartArray("x-kubernetes-group-version-kind");
        WriteKindName(json, kind, version, name);
        json.WriteEndArray();
    }

    /// <summary>x-kubernetes-group-version-kind of an operation.</summary>
    public static void WriteKind(Utf8JsonWriter json, KindSchema kind, string version)
    {
        json.WritePropertyName("x-kubernetes-group-version-kind");
        WriteKindName(json, kind, version, kind.Kind);
    }

    private static void WriteKindName(Utf8JsonWriter json, KindSchema kind, string version, string name)
    {
        json.WriteStartObject();
        json.WriteString("group", kind.Group);
        json.WriteString("version", version);
        json.WriteString("kind", name);
        json.WriteEndObject();
    }
}
