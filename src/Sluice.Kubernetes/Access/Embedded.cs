using System.Text;

namespace Sluice.Kubernetes.Access;

/// <summary>PEM that a kubeconfig holds itself ("…-data", base64) or names the file of.</summary>
/// <param name="Data">The PEM; null when it is in a file.</param>
/// <param name="File">The file's absolute path; null when the PEM is here.</param>
/// <param name="Purpose">The field that gives it.</param>
/// <param name="Place">File and line of the field.</param>
internal sealed record Embedded(string? Data, string? File, string Purpose, string Place)
{
    /// <summary>Null when neither field is there. The data is preferred, as kubectl does.</summary>
    public static Embedded? Text(KubeConfigNode node, string field)
    {
        var dataField = field + "-data";
        if (node.Text(dataField) is { } data)
            return new Embedded(Decode(node, dataField, data), null, node.Purpose(dataField), Locate(node, dataField));
        return node.Text(field) is { } file
            ? new Embedded(null, RelativePath.Resolve(node.File, file), node.Purpose(field), Locate(node, field))
            : null;
    }

    public string Read() => Data ?? BoundedFile.Read(File!, Purpose);

    private static string Decode(KubeConfigNode node, string field, string data)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(data));
        }
        catch (FormatException error)
        {
            throw node.Wrong(field, "is not valid base64: it must be the PEM file, encoded as base64", error);
        }
    }

    private static string Locate(KubeConfigNode node, string field) => $"{node.File}:{node.Find(field)!.Line}";
}
