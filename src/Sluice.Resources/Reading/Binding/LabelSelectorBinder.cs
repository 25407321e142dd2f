using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading.Binding;

/// <summary>metav1.LabelSelector.</summary>
internal static class LabelSelectorBinder
{
    private const string Operators = "In, NotIn, Exists, DoesNotExist";

    public static LabelSelector? Read(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        var labels = ObjectMeta.EmptyMap;
        LabelSelectorRequirement[] expressions = [];
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "matchLabels":
                    labels = context.Map(field, Names.QualifiedName, Names.LabelValue);
                    break;
                case "matchExpressions":
                    expressions = context.List(field, 0, int.MaxValue, Requirement);
                    break;
                default:
                    context.Unknown(field, "matchLabels matchExpressions");
                    break;
            }
        }

        return new LabelSelector(labels, expressions);
    }

    private static LabelSelectorRequirement? Requirement(BindingContext context, Node node)
    {
        if (!context.Mapping(node))
            return null;
        string? key = null, word = null;
        string[] values = [];
        foreach (var field in node)
        {
            switch (field.Key)
            {
                case "key":
                    key = context.Name(field, Names.QualifiedName, 317);
                    break;
                case "operator":
                    word = context.Word(field, Operators);
                    break;
                case "values":
                    values = context.List(field, 0, int.MaxValue, static (c, item) => c.Name(item, Names.LabelValue));
                    break;
                default:
                    context.Unknown(field, "key operator values");
                    break;
            }
        }

        ObjectFields.Require(context, node, "key", "the label's name");
        ObjectFields.Require(context, node, "operator", Operators);
        if (word is "In" or "NotIn" && values.Length == 0)
            context.Missing(node, "values", $"{word} needs at least one value");
        else if (word is "Exists" or "DoesNotExist" && values.Length > 0)
            context.Error(node, $"values must be empty with the operator {word}");
        return key is null || word is null ? null : new LabelSelectorRequirement(key, word, values);
    }
}
