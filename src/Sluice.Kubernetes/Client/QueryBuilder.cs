using System.Text;

namespace Sluice.Kubernetes.Client;

/// <summary>The query of a request, "?" included; values that are null or empty are left out.</summary>
internal sealed class QueryBuilder
{
    private readonly StringBuilder _text = new();

    public QueryBuilder()
    {
    }

    public QueryBuilder(ResourceScope scope) => Add("labelSelector", scope.LabelSelector).Add("fieldSelector", scope.FieldSelector);

    public QueryBuilder Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
            _text.Append(_text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        return this;
    }

    public override string ToString() => _text.ToString();
}
