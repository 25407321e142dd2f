using System.Text;
using Sluice.Resources.Core;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>core/v1 Secret. No value, right or wrong, goes into a message.</summary>
internal static class SecretBinder
{
    private const string TlsType = "kubernetes.io/tls";

    public static KubernetesObject? Read(BindingContext context, ObjectMeta metadata, Node root)
    {
        context.HidesValues = true;
        ObjectFields.Known(context, root, "type data stringData immutable");
        var data = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var type = root.TryGet("type", out var typeNode) ? context.String(typeNode) : null;
        if (root.TryGet("immutable", out var immutable))
            context.Boolean(immutable);
        if (root.TryGet("data", out var encoded) && context.Mapping(encoded))
            Decode(context, encoded, data);
        if (root.TryGet("stringData", out var plain) && context.Mapping(plain))
            Copy(context, plain, data);
        if (type == TlsType)
        {
            RequireKey(context, root, data, "tls.crt");
            RequireKey(context, root, data, "tls.key");
        }

        return context.Errors > 0 ? null : new Secret { Metadata = metadata, Type = type ?? "Opaque", Data = data };
    }

    private static void Decode(BindingContext context, Node node, Dictionary<string, byte[]> data)
    {
        foreach (var field in node)
        {
            ConfigMapBinder.CheckKey(context, field);
            if (field.IsNull)
                data[field.Key] = [];
            else if (field.Kind is NodeKind.Mapping or NodeKind.Sequence)
                context.MustBe(field, "base64 text");
            else if (TryDecode(field.Text, out var bytes))
                data[field.Key] = bytes;
            else
                context.Error(field, "must be base64 (RFC 4648 section 4); put plain text under stringData instead");
        }
    }

    /// <summary>stringData wins over data.</summary>
    private static void Copy(BindingContext context, Node node, Dictionary<string, byte[]> data)
    {
        foreach (var field in node)
        {
            ConfigMapBinder.CheckKey(context, field);
            if (field.IsNull)
                data[field.Key] = [];
            else if (context.String(field) is { } text)
                data[field.Key] = Encoding.UTF8.GetBytes(text);
        }
    }

    private static void RequireKey(BindingContext context, Node root, Dictionary<string, byte[]> data, string key)
    {
        if (context.Errors == 0 && !data.ContainsKey(key))
            context.Missing(root, $"data[\"{key}\"]", $"a Secret of the type {TlsType} has tls.crt and tls.key");
    }

    private static bool TryDecode(string text, out byte[] bytes)
    {
        bytes = new byte[text.Length / 4 * 3 + 3];
        if (!Convert.TryFromBase64String(text, bytes, out var length))
            return false;
        Array.Resize(ref bytes, length);
        return true;
    }
}
