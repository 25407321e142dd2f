using System.Globalization;
using System.Text;
using Sluice.Resources.Reading.Nodes;

namespace Sluice.Resources.Reading;

/// <summary>How values stand in messages.</summary>
internal static class Describe
{
    private const int LongestValue = 64;

    /// <summary>In quotes, control characters escaped, cut after 64 characters.</summary>
    public static string Quoted(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            if (i == LongestValue)
            {
                text.Append("…\" (").Append(value.Length.ToString(CultureInfo.InvariantCulture)).Append(" characters)");
                return text.ToString();
            }

            var c = value[i];
            if (c is '"' or '\\')
                text.Append('\\').Append(c);
            else if (char.IsControl(c) || char.IsSurrogate(c))
                text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            else
                text.Append(c);
        }

        return text.Append('"').ToString();
    }

    /// <summary>What was found in place of something else.</summary>
    public static string Found(Node node) => node.Kind switch
    {
        NodeKind.Mapping => "a mapping",
        NodeKind.Sequence => "a list",
        NodeKind.Null => "nothing",
        NodeKind.Integer or NodeKind.Float => "the number " + Cut(node.Text),
        NodeKind.Boolean => "the boolean " + node.Text,
        _ => Quoted(node.Text),
    };

    /// <summary>The same without the value, for Secrets.</summary>
    public static string FoundKind(NodeKind kind) => kind switch
    {
        NodeKind.Mapping => "a mapping",
        NodeKind.Sequence => "a list",
        NodeKind.Null => "nothing",
        NodeKind.Integer or NodeKind.Float => "a number",
        NodeKind.Boolean => "a boolean",
        _ => "a string",
    };

    public static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    public static string Count(int count, string one, string many) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many);

    private static string Cut(string text) => text.Length <= LongestValue ? text : string.Concat(text.AsSpan(0, LongestValue), "…");
}
