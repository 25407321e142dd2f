namespace Sluice.Kubernetes.Access;

/// <summary>A value in a kubeconfig that knows where it stands. The accessors say what is wrong in the words of the file.</summary>
internal sealed class KubeConfigNode(string file, int line)
{
    /// <summary>The file that holds it; relative paths in it are relative to its folder.</summary>
    public string File => file;

    public int Line => line;

    /// <summary>"users[name=admin].user.token"; "" for the whole file.</summary>
    public string Path { get; private set; } = "";

    /// <summary>Entries of a mapping in the order of the file; null for other values.</summary>
    public List<KeyValuePair<string, KubeConfigNode>>? Fields { get; set; }

    /// <summary>Null for other values.</summary>
    public List<KubeConfigNode>? Items { get; set; }

    /// <summary>The text of a plain value; null for others and for null itself.</summary>
    public string? Scalar { get; set; }

    /// <summary>Not in quotes: may mean a number or true and false.</summary>
    public bool IsPlain { get; set; }

    private bool IsNull => Fields is null && Items is null && Scalar is null;

    /// <summary>The value of a field; null when it is missing or null.</summary>
    public KubeConfigNode? Find(string name)
    {
        if (Fields is null)
            throw Wrong(null, $"must be a mapping with the field {name}");
        foreach (var (key, value) in Fields)
        {
            if (key != name)
                continue;
            value.Path = Path.Length == 0 ? name : $"{Path}.{name}";
            return value.IsNull ? null : value;
        }

        return null;
    }

    /// <summary>A field with text; null when it is missing or empty.</summary>
    public string? Text(string name)
    {
        var value = Find(name);
        if (value is null)
            return null;
        if (value.Scalar is null)
            throw value.Wrong(null, "must be a string");
        return value.Scalar.Length == 0 ? null : value.Scalar;
    }

    public bool Flag(string name) => Find(name) switch
    {
        null => false,
        { IsPlain: true, Scalar: "true" or "True" or "TRUE" } => true,
        { IsPlain: true, Scalar: "false" or "False" or "FALSE" } => false,
        { } value => throw value.Wrong(null, "must be true or false, without quotes"),
    };

    /// <summary>A field with a mapping; null when it is missing.</summary>
    public KubeConfigNode? Map(string name)
    {
        var value = Find(name);
        return value is null or { Fields: not null } ? value : throw value.Wrong(null, "must be a mapping");
    }

    /// <summary>A field with a list; empty when it is missing.</summary>
    public IReadOnlyList<KubeConfigNode> List(string name)
    {
        var value = Find(name);
        if (value is null)
            return [];
        var items = value.Items ?? throw value.Wrong(null, "must be a list");
        for (var i = 0; i < items.Count; i++)
            items[i].Path = $"{value.Path}[{i}]";
        return items;
    }

    /// <summary>The values of a list of text.</summary>
    public IEnumerable<string> Texts(string name) => List(name).Select(item => item.Scalar ?? throw item.Wrong(null, "must be a string"));

    /// <summary>The path in messages says the name of an entry rather than its number.</summary>
    public void NamePath(string path) => Path = path;

    /// <param name="field">Of this mapping; null for the value itself.</param>
    /// <param name="problem">What is wrong and what would be right; follows the field's name.</param>
    /// <param name="inner">What it comes from.</param>
    public ClusterAccessException Wrong(string? field, string problem, Exception? inner = null)
    {
        var at = field is null ? line : Fields?.FirstOrDefault(entry => entry.Key == field).Value?.Line ?? line;
        return new ClusterAccessException($"{file}:{at}: {Purpose(field)} {problem}", inner);
    }

    /// <summary>The path of a field for messages of others.</summary>
    public string Purpose(string? field) => (field is null ? Path : Path.Length == 0 ? field : $"{Path}.{field}") is { Length: > 0 } path ? path : "the kubeconfig";
}
