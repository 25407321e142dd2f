using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>Reads parts of Kubernetes's own kinds as JSON: they go into other objects as they are, where the API server checks them.</summary>
internal static class KubernetesJson
{
    /// <summary>An object. Fields that are not known are reported and left out.</summary>
    public static JsonElement? Object(BindingContext context, Node node, string known)
    {
        if (!context.Mapping(node))
            return null;
        return Write(context, node, writer => WriteObject(context, writer, node, known, keepsNull: false));
    }

    /// <summary>A list of objects. Fields of items that are not known are reported and left out.</summary>
    /// <param name="context">Where findings go.</param>
    /// <param name="node">The list.</param>
    /// <param name="known">The items' fields, separated by spaces; "" takes all.</param>
    /// <param name="required">Those that every item must have as strings that are not empty, separated by spaces.</param>
    /// <param name="max">Items at most.</param>
    public static JsonElement? List(BindingContext context, Node node, string known, string required, int max)
    {
        if (!context.IsList(node, 0, max))
            return null;
        foreach (var item in node)
        {
            if (item.IsNull)
                context.MustBe(item, "an object");
            else if (context.Mapping(item))
                Require(context, item, required);
        }

        return Write(context, node, writer =>
        {
            writer.WriteStartArray();
            foreach (var item in node)
            {
                if (item.Kind == NodeKind.Mapping)
                    WriteObject(context, writer, item, known, keepsNull: false);
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>Any value, with its nulls: a patch.</summary>
    public static JsonElement? Patch(BindingContext context, Node node) =>
        Write(context, node, writer => WriteValue(context, writer, node, keepsNull: true));

    private static void Require(BindingContext context, Node item, string required)
    {
        foreach (var range in required.AsSpan().Split(' '))
        {
            var name = required[range];
            if (name.Length == 0)
                continue;
            ObjectFields.Require(context, item, name, "a string that is not empty");
            if (item.TryGet(name, out var value))
                context.String(value, min: 1);
        }
    }

    private static JsonElement? Write(BindingContext context, Node node, Action<Utf8JsonWriter> write)
    {
        var errors = context.Errors;
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
            write(writer);
        if (context.Errors > errors || node.IsNull)
            return null;
        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return document.RootElement.Clone();
    }

    private static void WriteObject(BindingContext context, Utf8JsonWriter writer, Node node, string known, bool keepsNull)
    {
        writer.WriteStartObject();
        foreach (var field in node)
        {
            if (known.Length > 0 && !Contains(known, field.Key))
            {
                context.Unknown(field, known);
                continue;
            }

            if (field.IsNull && !keepsNull)
                continue;
            writer.WritePropertyName(field.Key);
            WriteValue(context, writer, field, keepsNull);
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(BindingContext context, Utf8JsonWriter writer, Node node, bool keepsNull)
    {
        switch (node.Kind)
        {
            case NodeKind.Mapping:
                WriteObject(context, writer, node, "", keepsNull);
                break;
            case NodeKind.Sequence:
                writer.WriteStartArray();
                foreach (var item in node)
                    WriteValue(context, writer, item, keepsNull);
                writer.WriteEndArray();
                break;
            case NodeKind.Boolean:
                writer.WriteBooleanValue(node.Text.ToLowerInvariant() is "true" or "yes" or "on");
                break;
            case NodeKind.Integer or NodeKind.Float:
                WriteNumber(context, writer, node);
                break;
            case NodeKind.Null:
                writer.WriteNullValue();
                break;
            default:
                writer.WriteStringValue(node.Text);
                break;
        }
    }

    // YAML has more ways to write numbers than JSON; those that people confuse (octal, sexagesimal, infinity) are refused.
    private static void WriteNumber(BindingContext context, Utf8JsonWriter writer, Node node)
    {
        var digits = node.Text.AsSpan().TrimStart("+-");
        var isOctal = digits.Length > 1 && digits[0] == '0' && char.IsAsciiDigit(digits[1]);
        if (!isOctal && long.TryParse(node.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
        {
            writer.WriteNumberValue(whole);
        }
        else if (!isOctal && decimal.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            context.MustBe(node, "a decimal number");
            writer.WriteNullValue();
        }
    }

    private static bool Contains(string names, string name)
    {
        foreach (var range in names.AsSpan().Split(' '))
        {
            if (names.AsSpan(range).SequenceEqual(name))
                return true;
        }

        return false;
    }
}
