using System.Globalization;
using System.Text.Json;
using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Schemas;

namespace Sluice.Resources.Reading.Binding.Policies;

/// <summary>
/// An object of a document that passed its schema (<see cref="SchemaCheck"/>), read field by field. Absent fields, and null, are
/// what the schema has as their default. Methods whose name begins with Need are for fields that are required or have a default.
/// </summary>
internal readonly struct PolicyNode(BindingContext context, SchemaNode schema, Node node)
{
    public string Need(string name) => Text(name)!;

    public string? Text(string name) => node.TryGet(name, out var value) ? context.Strings.Share(value.Text) : schema.Child(name)!.Default?.GetValue<string>();

    public int NeedNumber(string name) => Number(name)!.Value;

    public int? Number(string name) => node.TryGet(name, out var value) ? ParseNumber(value) : schema.Child(name)!.Default?.GetValue<int>();

    public TimeSpan NeedTime(string name) => Time(name)!.Value;

    public TimeSpan? Time(string name) => Text(name) is { } text && GatewayDuration.TryParse(text, out var time) ? time : null;

    public long? Bytes(string name) => node.TryGet(name, out var value) && ByteQuantity.TryParse(value.Text, out var bytes) ? bytes : null;

    public bool Flag(string name) => FlagOrNull(name) ?? false;

    public bool? FlagOrNull(string name) => node.TryGet(name, out var value) ? BindingContext.IsTrue(value) : schema.Child(name)!.Default?.GetValue<bool>();

    /// <summary>Whether the field is there, whatever it holds.</summary>
    public bool Has(string name) => node.TryGet(name, out _);

    /// <summary>An object as it stands there, without its nulls.</summary>
    public JsonElement? Json(string name) => node.TryGet(name, out var value) ? KubernetesJson.Object(context, value, "") : null;

    public IReadOnlyList<string> Texts(string name)
    {
        if (!node.TryGet(name, out var list))
            return [];
        var texts = new string[list.Count];
        var count = 0;
        foreach (var item in list)
            texts[count++] = context.Strings.Share(item.Text);
        return context.Shared.Strings(texts);
    }

    public IReadOnlyList<int> Numbers(string name)
    {
        if (!node.TryGet(name, out var list))
            return [];
        var numbers = new int[list.Count];
        var count = 0;
        foreach (var item in list)
            numbers[count++] = ParseNumber(item);
        return numbers;
    }

    /// <summary>Objects as they stand there, without their nulls.</summary>
    public IReadOnlyList<JsonElement> JsonList(string name)
    {
        if (!node.TryGet(name, out var list))
            return [];
        var values = new List<JsonElement>(list.Count);
        foreach (var item in list)
        {
            if (KubernetesJson.Object(context, item, "") is { } value)
                values.Add(value);
        }

        return values;
    }

    /// <summary>Texts by name.</summary>
    public IReadOnlyDictionary<string, string> Map(string name) => node.TryGet(name, out var value) ? context.Map(value, null, null) : ObjectMeta.EmptyMap;

    /// <summary>The same object, with the defaults of another schema that it passed.</summary>
    public PolicyNode As(SchemaNode other) => new(context, other, node);

    /// <summary>The object at a field that is there.</summary>
    public PolicyNode At(string name) => node.TryGet(name, out var value) ? new PolicyNode(context, schema.Child(name)!, value) : throw new ArgumentException($"{name} is not there", nameof(name));

    /// <summary>The whole object as it stands there, without its nulls.</summary>
    public JsonElement AsJson() => KubernetesJson.Object(context, node, "") ?? default;

    public T? Part<T>(string name, Func<PolicyNode, T> read)
        where T : class => node.TryGet(name, out var value) ? read(new PolicyNode(context, schema.Child(name)!, value)) : null;

    public T NeedPart<T>(string name, Func<PolicyNode, T> read)
        where T : class => Part(name, read)!;

    public IReadOnlyList<T> List<T>(string name, Func<PolicyNode, T> read)
    {
        if (!node.TryGet(name, out var list))
            return [];
        var items = schema.Child(name)!.Items!;
        var values = new T[list.Count];
        var count = 0;
        foreach (var item in list)
            values[count++] = read(new PolicyNode(context, items, item));
        return values;
    }

    private static int ParseNumber(Node value) => int.Parse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
