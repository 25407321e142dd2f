namespace Sluice.Configuration.Patterns;

/// <summary>
/// An expression as a nondeterministic automaton (Thompson): steps that take a character of a set and steps that take nothing.
/// Serves to find out which characters may follow which, and, step by step, which part of a text matches
/// (<see cref="PatternSearch"/>).
/// </summary>
internal sealed class PatternProgram
{
    /// <summary>Character positions after repetitions have been written out: matching costs time in proportion.</summary>
    public const int MaxPositions = 1000;

    private const int MaxSteps = 10_000;

    private readonly List<Step> _steps = [];
    private readonly List<CharacterSet> _sets = [];
    private int _emitted;

    private PatternProgram(PatternNode root)
    {
        Emit(root);
        Add(new Step(StepKind.Accept, 0, 0));
    }

    internal enum StepKind
    {
        /// <summary>Takes a character, then goes on with the step behind.</summary>
        Set,

        /// <summary>Goes on with both steps.</summary>
        Split,

        /// <summary>Remembers the place, then goes on with the step behind.</summary>
        Save,
        Begin,
        End,
        Accept,
    }

    /// <summary>From the first on; the one that is preferred of a split is the first of both.</summary>
    internal IReadOnlyList<Step> Steps => _steps;

    /// <summary>The set at each position.</summary>
    public IReadOnlyList<CharacterSet> Sets => _sets;

    /// <exception cref="PatternException">It is too large.</exception>
    public static PatternProgram Of(PatternNode root) => new(root);

    /// <summary>The positions that can come first, and whether an empty text is accepted.</summary>
    public (List<int> Positions, bool AcceptsEmpty) First() => (Reach(0, atBegin: true, atEnd: false).Positions, Reach(0, atBegin: true, atEnd: true).Accepts);

    /// <summary>The positions that can follow each, and whether the text may end after it.</summary>
    public IEnumerable<(List<int> Positions, bool Accepts)> Follow()
    {
        for (var step = 0; step < _steps.Count; step++)
        {
            if (_steps[step].Kind == StepKind.Set)
                yield return (Reach(step + 1, atBegin: false, atEnd: false).Positions, Reach(step + 1, atBegin: false, atEnd: true).Accepts);
        }
    }

    private (List<int> Positions, bool Accepts) Reach(int start, bool atBegin, bool atEnd)
    {
        var positions = new List<int>();
        var accepts = false;
        var seen = new bool[_steps.Count];
        var open = new Stack<int>([start]);
        while (open.TryPop(out var at))
        {
            if (seen[at])
                continue;
            seen[at] = true;
            var step = _steps[at];
            switch (step.Kind)
            {
                case StepKind.Set:
                    positions.Add(step.First);
                    break;
                case StepKind.Split:
                    open.Push(step.First);
                    open.Push(step.Second);
                    break;
                case StepKind.Save:
                case StepKind.Begin when atBegin:
                case StepKind.End when atEnd:
                    open.Push(at + 1);
                    break;
                case StepKind.Accept:
                    accepts = true;
                    break;
                default:
                    break;
            }
        }
        return (positions, accepts);
    }

    private void Emit(PatternNode node)
    {
        // Counted apart from the steps: repetitions of nothing emit none.
        if (++_emitted > MaxSteps)
            throw TooLarge();
        switch (node.Kind)
        {
            case PatternNodeKind.Set:
                _sets.Add(node.Set!);
                Add(new Step(StepKind.Set, _sets.Count - 1, 0));
                break;
            case PatternNodeKind.Sequence:
                foreach (var child in node.Children)
                    Emit(child);
                break;
            case PatternNodeKind.Choice:
                EmitChoice(node.Children);
                break;
            case PatternNodeKind.Repeat:
                EmitRepeat(node);
                break;
            case PatternNodeKind.Group:
                Add(new Step(StepKind.Save, 2 * node.Number, 0));
                Emit(node.Children[0]);
                Add(new Step(StepKind.Save, (2 * node.Number) + 1, 0));
                break;
            case PatternNodeKind.Begin:
                Add(new Step(StepKind.Begin, 0, 0));
                break;
            default:
                Add(new Step(StepKind.End, 0, 0));
                break;
        }
    }

    private void EmitChoice(IReadOnlyList<PatternNode> children)
    {
        var jumps = new List<int>();
        for (var i = 0; i < children.Count - 1; i++)
        {
            var split = AddSplit();
            Emit(children[i]);
            jumps.Add(AddSplit());
            _steps[split] = new Step(StepKind.Split, split + 1, _steps.Count);
        }
        Emit(children[^1]);
        foreach (var jump in jumps)
            _steps[jump] = new Step(StepKind.Split, _steps.Count, _steps.Count);
    }

    private void EmitRepeat(PatternNode node)
    {
        var child = node.Children[0];
        for (var i = 0; i < node.Min; i++)
            Emit(child);
        if (node.Max < 0)
        {
            var split = AddSplit();
            Emit(child);
            Add(new Step(StepKind.Split, split, split));
            _steps[split] = Choose(split + 1, _steps.Count, node.IsLazy);
            return;
        }
        var splits = new List<int>();
        for (var i = node.Min; i < node.Max; i++)
        {
            splits.Add(AddSplit());
            Emit(child);
        }
        foreach (var split in splits)
            _steps[split] = Choose(split + 1, _steps.Count, node.IsLazy);
    }

    private static Step Choose(int again, int behind, bool isLazy) => isLazy ? new Step(StepKind.Split, behind, again) : new Step(StepKind.Split, again, behind);

    private int AddSplit()
    {
        Add(new Step(StepKind.Split, 0, 0));
        return _steps.Count - 1;
    }

    private void Add(Step step)
    {
        if (_sets.Count > MaxPositions || _steps.Count > MaxSteps)
            throw TooLarge();
        _steps.Add(step);
    }

    private static PatternException TooLarge() =>
        new($"the expression is too large: with repetitions written out it must have at most {MaxPositions} characters and sets", 0);

    /// <summary>Set: First is the position. Split: the steps to go on with. Save: First is the place, two for each group.</summary>
    internal readonly record struct Step(StepKind Kind, int First, int Second);
}
