using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Sluice.Kubernetes.Access;

/// <summary>Reads a kubeconfig (YAML, and so JSON too) into nodes.</summary>
internal sealed class KubeConfigParser
{
    private const int MaxDepth = 64;

    private readonly string _file;
    private readonly Dictionary<string, KubeConfigNode> _anchors = new(StringComparer.Ordinal);

    /// <summary>The mappings and lists that are open, with the name of the field that comes next.</summary>
    private readonly Stack<(KubeConfigNode Node, string? Anchor)> _open = new();
    private readonly Stack<string?> _names = new();

    private KubeConfigParser(string file) => _file = file;

    /// <summary>The mapping that the file holds; null when it holds nothing.</summary>
    /// <exception cref="ClusterAccessException">Not YAML, or no mapping.</exception>
    public static KubeConfigNode? Parse(string file, string text)
    {
        var root = new KubeConfigParser(file).Read(text);
        if (root is null or { Fields: null, Items: null, Scalar: null })
            return null;
        return root.Fields is not null ? root : throw root.Wrong(null, "must be a mapping with clusters, users and contexts");
    }

    private KubeConfigNode? Read(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            KubeConfigNode? root = null;
            while (parser.MoveNext())
            {
                if (parser.Current is DocumentStart && root is not null)
                    throw new ClusterAccessException($"{_file}:{parser.Current.Start.Line}: a kubeconfig is one document, but a second one begins here");
                if (Take(parser.Current!) is { } done && _open.Count == 0)
                    root = done;
            }

            return root;
        }
        catch (YamlException error)
        {
            throw new ClusterAccessException($"{_file}:{error.Start.Line}: not valid YAML: {error.Message}", error);
        }
        catch (Exception error) when (error is InvalidOperationException or ArgumentException)
        {
            // What the parser throws at some broken texts.
            throw new ClusterAccessException($"{_file}: not valid YAML", error);
        }
    }

    /// <summary>A value that is complete now; null when none is.</summary>
    private KubeConfigNode? Take(ParsingEvent @event)
    {
        var line = (int)@event.Start.Line;
        switch (@event)
        {
            case Scalar scalar when _open.TryPeek(out var top) && top.Node.Fields is not null && _names.Peek() is null:
                SetName(top.Node, scalar.Value, line);
                return null;
            case Scalar scalar:
                var isPlain = scalar.Style == ScalarStyle.Plain;
                var value = new KubeConfigNode(_file, line) { Scalar = isPlain && scalar.Value is "" or "~" or "null" ? null : scalar.Value, IsPlain = isPlain };
                return Complete(value, Anchor(scalar.Anchor));
            case MappingStart mapping:
                Open(new KubeConfigNode(_file, line) { Fields = [] }, Anchor(mapping.Anchor));
                return null;
            case SequenceStart sequence:
                Open(new KubeConfigNode(_file, line) { Items = [] }, Anchor(sequence.Anchor));
                return null;
            case MappingEnd or SequenceEnd:
                var (node, anchor) = _open.Pop();
                _names.Pop();
                return Complete(node, anchor);
            case AnchorAlias alias:
                return Complete(_anchors.GetValueOrDefault(alias.Value.Value) ?? throw new ClusterAccessException($"{_file}:{line}: there is no anchor &{alias.Value.Value} before *{alias.Value.Value}"), null);
            default:
                return null;
        }
    }

    private void SetName(KubeConfigNode mapping, string name, int line)
    {
        if (mapping.Fields!.Any(field => field.Key == name))
            throw new ClusterAccessException($"{_file}:{line}: the field {name} is there twice");
        _names.Pop();
        _names.Push(name);
    }

    private void Open(KubeConfigNode node, string? anchor)
    {
        if (_open.Count >= MaxDepth)
            throw new ClusterAccessException($"{_file}:{node.Line}: more than {MaxDepth} levels of mappings and lists inside each other");
        if (_open.TryPeek(out var top) && top.Node.Fields is not null && _names.Peek() is null)
            throw new ClusterAccessException($"{_file}:{node.Line}: the name of a field must be a string");
        _open.Push((node, anchor));
        _names.Push(null);
    }

    private KubeConfigNode Complete(KubeConfigNode node, string? anchor)
    {
        if (anchor is not null)
            _anchors[anchor] = node;
        if (_open.TryPeek(out var parent))
        {
            if (parent.Node.Items is { } items)
            {
                items.Add(node);
            }
            else
            {
                parent.Node.Fields!.Add(new(_names.Pop() ?? throw new ClusterAccessException($"{_file}:{node.Line}: the name of a field must be a string"), node));
                _names.Push(null);
            }
        }

        return node;
    }

    private static string? Anchor(AnchorName anchor) => anchor.IsEmpty ? null : anchor.Value;
}
