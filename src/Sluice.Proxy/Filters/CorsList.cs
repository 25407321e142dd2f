using System.Text;

namespace Sluice.Proxy.Filters;

/// <summary>A list of methods or field names of a CORS policy, as it stands in a field.</summary>
internal sealed class CorsList
{
    public CorsList(IReadOnlyList<string> names, bool credentials, string where, ICollection<string> problems)
    {
        IsWildcard = names.Contains("*");
        IsEchoed = IsWildcard && credentials;
        var valid = new List<string>(names.Count);
        foreach (string name in names)
        {
            if (FieldSyntax.IsName(name))
                valid.Add(name);
            else
                problems.Add($"{where}: \"{name}\" is no name; it is left out");
        }
        Text = Encoding.ASCII.GetBytes(IsWildcard ? "*" : string.Join(", ", valid));
    }

    public bool IsWildcard { get; }

    /// <summary>With credentials "*" has no meaning (Fetch): what the request names stands in its place.</summary>
    public bool IsEchoed { get; }

    public byte[] Text { get; }
}
