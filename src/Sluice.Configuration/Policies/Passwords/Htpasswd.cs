using System.Globalization;

namespace Sluice.Configuration.Policies.Passwords;

/// <summary>Reads htpasswd files: a line for each user, "name:hash"; empty lines and those that begin with "#" count for nothing.</summary>
public static class Htpasswd
{
    /// <summary>Users that one file may have: 10,000.</summary>
    public const int MaxUsers = 10_000;

    /// <summary>Octets of a name: 255.</summary>
    public const int MaxNameLength = 255;

    /// <param name="text">The file.</param>
    /// <param name="problems">Gets a message for each line that cannot be used, without what is secret in it. Such a user does not get in.</param>
    public static IReadOnlyList<BasicAuthUser> Parse(string text, ICollection<string> problems)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(problems);
        var users = new List<BasicAuthUser>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        var number = 0;
        foreach (var range in text.AsSpan().Split('\n'))
        {
            number++;
            var line = text.AsSpan()[range].Trim().ToString();
            if (line.Length == 0 || line[0] == '#')
                continue;
            if (users.Count == MaxUsers)
            {
                problems.Add($"more than {MaxUsers} users; the others are left out");
                break;
            }

            var problem = Read(line, out var user) ?? (names.Add(user!.Name) ? null : $"user \"{user.Name}\" is there already");
            if (problem is null)
                users.Add(user!);
            else
                problems.Add(string.Create(CultureInfo.InvariantCulture, $"line {number}: {problem}"));
        }

        return users;
    }

    /// <summary>Why this cannot be a user's name; null when it can.</summary>
    public static string? NameProblem(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length == 0 ? "the name is empty"
            : System.Text.Encoding.UTF8.GetByteCount(name) > MaxNameLength ? $"the name is longer than {MaxNameLength} octets"
            : name.Any(c => char.IsControl(c) || c == ':') ? "the name has a control character or a colon"
            : null;
    }

    private static string? Read(string line, out BasicAuthUser? user)
    {
        user = null;
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
            return "\"name:hash\" is needed";
        var (name, hash) = (line[..colon], line[(colon + 1)..]);
        if (NameProblem(name) is { } wrong)
            return wrong;
        if (!PasswordHash.TryParse(hash, out _, out var problem))
            return $"user \"{name}\": {problem}";
        user = new BasicAuthUser(name, new SecretText(hash));
        return null;
    }
}
