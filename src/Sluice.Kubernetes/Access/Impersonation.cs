namespace Sluice.Kubernetes.Access;

/// <summary>
/// users[].user.as*: the headers by which a user acts as another. The platform's HTTP client writes values of one name into one
/// line, which the server takes for one value: more than one is refused rather than sent wrongly.
/// </summary>
internal static class Impersonation
{
    public static IReadOnlyList<KeyValuePair<string, string>> Read(KubeConfigNode user)
    {
        var headers = new List<KeyValuePair<string, string>>();
        Add("as", "Impersonate-User", user.Text("as"));
        Add("as-uid", "Impersonate-Uid", user.Text("as-uid"));
        Add("as-groups", "Impersonate-Group", Single(user, "as-groups"));
        if (user.Map("as-user-extra") is { } extra)
        {
            foreach (var (key, _) in extra.Fields!)
                Add("as-user-extra", "Impersonate-Extra-" + Uri.EscapeDataString(key), Single(extra, key));
        }

        if (headers.Count > 0 && user.Text("as") is null)
            throw user.Wrong(null, "has as-uid, as-groups or as-user-extra, but not as: say which user is meant");
        return headers;

        void Add(string field, string name, string? value)
        {
            if (value is null)
                return;
            if (value.Any(character => character is < ' ' or > '~'))
                throw user.Wrong(field, "must have printable ASCII characters only");
            headers.Add(new(name, value));
        }
    }

    private static string? Single(KubeConfigNode node, string field)
    {
        var values = node.Texts(field).ToArray();
        return values.Length <= 1 ? values.FirstOrDefault() : throw node.Wrong(field, "has more than one value, which is not supported");
    }
}
