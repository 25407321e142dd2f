using System.Globalization;
using System.Text.Json;

namespace Sluice.Kubernetes.Access;

/// <summary>Writes a part of a kubeconfig as JSON.</summary>
internal static class KubeConfigJson
{
    private const int MaxValues = 10_000;

    public static void Write(Utf8JsonWriter writer, KubeConfigNode? node)
    {
        var values = 0;
        Write(writer, node, ref values);
    }

    private static void Write(Utf8JsonWriter writer, KubeConfigNode? node, ref int values)
    {
        // Aliases may stand for more than the file has bytes.
        if (++values > MaxValues)
            throw node!.Wrong(null, $"has more than {MaxValues} values");
        if (node?.Fields is { } fields)
        {
            writer.WriteStartObject();
            foreach (var (name, value) in fields)
            {
                writer.WritePropertyName(name);
                Write(writer, value, ref values);
            }

            writer.WriteEndObject();
        }
        else if (node?.Items is { } items)
        {
            writer.WriteStartArray();
            foreach (var item in items)
                Write(writer, item, ref values);
            writer.WriteEndArray();
        }
        else
        {
            WriteScalar(writer, node);
        }
    }

    private static void WriteScalar(Utf8JsonWriter writer, KubeConfigNode? node)
    {
        switch (node)
        {
            case null or { Scalar: null }:
                writer.WriteNullValue();
                break;
            case { IsPlain: true, Scalar: "true" or "false" }:
                writer.WriteBooleanValue(node.Scalar == "true");
                break;
            case { IsPlain: true } when long.TryParse(node.Scalar, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number):
                writer.WriteNumberValue(number);
                break;
            case { IsPlain: true } when decimal.TryParse(node.Scalar, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number):
                writer.WriteNumberValue(number);
                break;
            default:
                writer.WriteStringValue(node.Scalar);
                break;
        }
    }
}
