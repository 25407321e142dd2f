namespace Sluice.Kubernetes.Access;

/// <summary>Kubeconfig files merged as kubectl merges them: of entries with one name, the first file's is in force, and so is the first current-context.</summary>
internal sealed class KubeConfigFiles
{
    private readonly List<KubeConfigNode> _roots = [];

    private KubeConfigFiles(IReadOnlyList<string> paths) => Paths = paths;

    /// <summary>Those that were looked for.</summary>
    public IReadOnlyList<string> Paths { get; }

    public string Names => string.Join(", ", Paths);

    /// <summary>The context that is in force when none is asked for; null when no file says.</summary>
    public string? CurrentContext => _roots.Select(root => root.Text("current-context")).FirstOrDefault(name => name is not null);

    /// <param name="path">A file that must exist; null for KUBECONFIG, and without that for ~/.kube/config.</param>
    /// <param name="environment">Reads a variable.</param>
    /// <exception cref="ClusterAccessException">There is no file, or one is broken.</exception>
    public static KubeConfigFiles Read(string? path, Func<string, string?> environment)
    {
        var isList = path is null && !string.IsNullOrEmpty(environment("KUBECONFIG"));
        IReadOnlyList<string> paths = path is not null ? [path]
            : isList ? environment("KUBECONFIG")!.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [Path.Combine(environment("HOME") ?? "", ".kube", "config")];
        var files = new KubeConfigFiles(paths);

        // A list may name files that are not there yet: kubectl writes them on demand.
        foreach (var file in isList ? paths.Where(File.Exists) : paths)
        {
            if (KubeConfigParser.Parse(file, BoundedFile.Read(file, "kubeconfig")) is { } root)
                files._roots.Add(root);
        }

        if (isList && !paths.Any(File.Exists))
            throw new ClusterAccessException($"KUBECONFIG names no file that exists: {files.Names}");
        return files._roots.Count > 0 ? files : throw new ClusterAccessException($"{files.Names}: the kubeconfig is empty");
    }

    /// <summary>The entry of that name; null when no file has it.</summary>
    /// <param name="section">"clusters".</param>
    /// <param name="field">"cluster": what an entry holds besides its name.</param>
    /// <param name="name">Of the entry.</param>
    public KubeConfigNode? Find(string section, string field, string name)
    {
        foreach (var entry in _roots.SelectMany(root => root.List(section)))
        {
            if ((entry.Text("name") ?? throw entry.Wrong(null, "has no name")) != name)
                continue;
            entry.NamePath($"{section}[name={name}]");
            return entry.Map(field) ?? throw entry.Wrong(null, $"has no {field}");
        }

        return null;
    }

    public IEnumerable<string> NamesOf(string section) => _roots.SelectMany(root => root.List(section)).Select(entry => entry.Text("name")).OfType<string>().Distinct();
}
