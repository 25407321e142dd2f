using Sluice.Resources.Reading.Nodes;
using Sluice.Resources.Schemas;

namespace Sluice.Resources.Reading.Binding;

/// <summary>
/// Compares a document with a schema and reports what does not fit at its place: types, limits, words, the forms of texts,
/// fields that are required or unknown, and the rules across fields that <see cref="SchemaRule.Holds"/> can tell.
/// </summary>
internal static class SchemaCheck
{
    /// <summary>Null is the same as absent, and right wherever the field is not required.</summary>
    public static void Check(BindingContext context, SchemaNode schema, Node node)
    {
        if (node.IsNull)
            return;
        var (errors, hides) = (context.Errors, context.HidesValues);
        context.HidesValues |= schema.IsSecret;
        CheckValue(context, schema, node);
        if (context.Errors == errors)
            CheckRules(context, schema, node);
        context.HidesValues = hides;
    }

    private static void CheckValue(BindingContext context, SchemaNode schema, Node node)
    {
        switch (schema.Type)
        {
            case SchemaType.Object when schema.AdditionalProperties is { } values:
                CheckEntries(context, schema, values, node);
                break;
            case SchemaType.Object:
                if (context.Mapping(node))
                    CheckFields(context, schema, node);
                break;
            case SchemaType.Array:
                CheckItems(context, schema, node);
                break;
            case SchemaType.String or SchemaType.IntOrString:
                CheckText(context, schema, node);
                break;
            case SchemaType.Integer:
                context.Integer(node, (int)(schema.Minimum ?? int.MinValue), (int)(schema.Maximum ?? int.MaxValue));
                break;
            case SchemaType.Boolean:
                context.Boolean(node);
                break;
        }
    }

    private static void CheckFields(BindingContext context, SchemaNode schema, Node node)
    {
        foreach (var field in node)
        {
            if (schema.Properties.TryGetValue(field.Key, out var property))
                Check(context, property, field);
            else if (!schema.PreserveUnknownFields)
                context.Unknown(field, string.Join(' ', schema.Properties.Keys));
        }

        foreach (var name in schema.Required)
            ObjectFields.Require(context, node, name, Meaning(schema.Properties[name]));
    }

    private static void CheckEntries(BindingContext context, SchemaNode schema, SchemaNode values, Node node)
    {
        if (!context.Mapping(node))
            return;
        if (node.Count < schema.MinProperties)
            context.Error(node, "must not be empty");
        else if (node.Count > schema.MaxProperties)
            context.Error(node, $"must have at most {Describe.Number(schema.MaxProperties.Value)} entries, has {Describe.Number(node.Count)}");
        foreach (var entry in node)
            Check(context, values, entry);
    }

    private static void CheckItems(BindingContext context, SchemaNode schema, Node node)
    {
        if (!context.IsList(node, schema.MinItems ?? 0, schema.MaxItems ?? int.MaxValue))
            return;
        foreach (var item in node)
        {
            if (item.IsNull)
                context.MustBe(item, "a value");
            else
                Check(context, schema.Items!, item);
        }

        if (schema.ListType == ListType.Set)
            UniqueNames.CheckStrings(context, node);
        foreach (var key in schema.ListMapKeys)
            UniqueNames.Check(context, node, key);
    }

    private static void CheckText(BindingContext context, SchemaNode schema, Node node)
    {
        if (schema.Enum.Count > 0)
        {
            context.Word(node, string.Join(", ", schema.Enum));
            return;
        }

        var isNumber = node.Kind == NodeKind.Integer && schema.Type == SchemaType.IntOrString;
        if (schema.Check is null)
            context.String(node, schema.MinLength ?? 0, schema.MaxLength ?? int.MaxValue);
        else if (node.Kind != NodeKind.String && !isNumber && schema.Check(node.Text) is { } wanted)
            context.MustBe(node, wanted);
        else if ((isNumber || context.String(node, schema.MinLength ?? 0, schema.MaxLength ?? int.MaxValue) is not null) && schema.Check(node.Text) is { } must)
            context.MustBe(node, must);
    }

    private static void CheckRules(BindingContext context, SchemaNode schema, Node node)
    {
        foreach (var rule in schema.Rules)
        {
            if (rule.Holds is { } holds && !holds(node))
                context.Error(node, rule.Message);
        }
    }

    /// <summary>The description as the end of a sentence.</summary>
    private static string Meaning(SchemaNode schema)
    {
        var text = schema.Description.TrimEnd('.');
        return text.Length < 2 || char.IsUpper(text[1]) ? text : char.ToLowerInvariant(text[0]) + text[1..];
    }
}
