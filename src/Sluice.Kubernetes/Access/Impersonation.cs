namespace Sluice.Kubernetes.Access;

/// <summary>users[].user.as*: the headers by which a user acts as another.</summary>
internal static class Impersonation
{
    public static IReadOnlyList<KeyValuePair<string, string>> Read(KubeConfigNode user)
    {
        var headers = new List<KeyValuePair<string, string>>();
        Add("as", "Impersonate-User", user.Text("as"));
        Add("as-uid", "Impersonate-Uid", user.Text("as-uid"));
        foreach (var group in user.Texts("as-groups"))
            Add("as-groups", "Impersonate-Group", group);
        if (user.Map("as-user-extra") is { } extra)
        {
            foreach (var (key, _) in extra.Fields!)
            {
                foreach (var value in extra.Texts(key))
                    Add("as-user-extra", "Impersonate-Extra-" + Uri.EscapeDataString(key), value);
            }
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
}
