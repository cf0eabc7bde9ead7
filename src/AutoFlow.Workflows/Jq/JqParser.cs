using System.Runtime.CompilerServices;

namespace AutoFlow.Workflows.Jq;

/// <summary>Recursive descent over the grammar of jq 1.8; nesting is bounded so that no source can exhaust the stack.</summary>
internal sealed partial class JqParser(List<JqToken> tokens)
{
    private const int MaxNesting = 256;

    private static readonly HashSet<string> Keywords =
    [
        "def", "if", "then", "elif", "else", "end", "and", "or", "as", "reduce", "foreach", "try", "catch", "label",
        "import", "include", "module", "__loc__",
    ];

    private static readonly Dictionary<string, int> Precedence = new()
    {
        ["//"] = 1,
        ["="] = 2,
        ["|="] = 2,
        ["+="] = 2,
        ["-="] = 2,
        ["*="] = 2,
        ["/="] = 2,
        ["%="] = 2,
        ["//="] = 2,
        ["or"] = 3,
        ["and"] = 4,
        ["=="] = 5,
        ["!="] = 5,
        ["<"] = 5,
        ["<="] = 5,
        [">"] = 5,
        [">="] = 5,
        ["+"] = 6,
        ["-"] = 6,
        ["*"] = 7,
        ["/"] = 7,
        ["%"] = 7,
    };

    private int position;
    private int nesting;

    private JqToken Current => tokens[position];

    public static Ast Parse(string source)
    {
        var parser = new JqParser(JqLexer.Tokenize(source));
        if (parser.Current.Kind == JqTokenKind.End)
            return new IdentityAst(0);
        var program = parser.ParsePipe();
        if (parser.Current.Kind != JqTokenKind.End)
            throw parser.Unexpected("end of expression");
        return program;
    }

    /// <summary>Definitions only, as the builtins written in jq are.</summary>
    public static List<FunctionAst> ParseDefinitions(string source)
    {
        var parser = new JqParser(JqLexer.Tokenize(source));
        var functions = new List<FunctionAst>();
        while (parser.Current.Is("def"))
            functions.Add(parser.ParseDefinition());
        return functions;
    }

    private Ast ParsePipe()
    {
        Enter();
        var offset = Current.Offset;
        var stages = new List<Ast> { ParseComma() };
        while (Accept("|"))
            stages.Add(ParseComma());
        nesting--;
        return stages.Count == 1 ? stages[0] : new PipeAst(offset, stages);
    }

    private Ast ParseComma()
    {
        var offset = Current.Offset;
        var items = new List<Ast> { ParseItem() };
        while (Accept(","))
            items.Add(ParseItem());
        return items.Count == 1 ? items[0] : new CommaAst(offset, items);
    }

    /// <summary>An expression, or one of the forms whose body reaches as far right as it can.</summary>
    private Ast ParseItem()
    {
        var offset = Current.Offset;
        if (Current.Is("def"))
        {
            var functions = new List<FunctionAst>();
            while (Current.Is("def"))
                functions.Add(ParseDefinition());
            return new DefinitionsAst(offset, functions, ParsePipe());
        }

        if (Accept("label"))
        {
            var name = ExpectVariable();
            Expect("|");
            return new LabelAst(offset, name, ParsePipe());
        }

        if (Current.Is("import") || Current.Is("include") || Current.Is("module"))
            throw new JqSyntaxException(JqUnavailable.Message(Current.Text)!, offset);
        var expression = ParseBinary(1);
        if (!Accept("as"))
            return expression;
        var patterns = ParsePatterns();
        Expect("|");
        return new BindAst(offset, expression, patterns, ParsePipe());
    }

    private Ast ParseBinary(int minimum)
    {
        var left = ParseUnary();
        for (var chain = 0; Current.Kind is JqTokenKind.Symbol or JqTokenKind.Word && Precedence.TryGetValue(Current.Text, out var level)
            && level >= minimum; chain++)
        {
            var token = Current;
            if (chain > MaxNesting)
                throw TooDeep(token.Offset);
            position++;
            // "//" groups to the right; everything else to the left or not at all.
            Enter();
            var right = ParseBinary(level == 1 ? level : level + 1);
            nesting--;
            left = level == 2
                ? new AssignAst(token.Offset, token.Text, left, right)
                : new BinaryAst(token.Offset, token.Text, left, right);
            if (level is 2 or 5 && Precedence.GetValueOrDefault(Current.Kind == JqTokenKind.Symbol ? Current.Text : "") == level)
                throw new JqSyntaxException($"'{token.Text}' and '{Current.Text}' cannot be chained", Current.Offset, "add parentheses");
        }

        return left;
    }

    private Ast ParseUnary()
    {
        var offset = Current.Offset;
        if (Current.Is("-"))
        {
            position++;
            Enter();
            var operand = ParseBinary(7);
            nesting--;
            return new NegateAst(offset, operand);
        }

        return Current.Is("try") ? ParseTry() : ParsePostfix();
    }

    private TryAst ParseTry()
    {
        var offset = Current.Offset;
        position++;
        Enter();
        var body = ParseTryPart();
        var handler = Accept("catch") ? ParseTryPart() : null;
        nesting--;
        return new TryAst(offset, body, handler);
    }

    private Ast ParseTryPart()
    {
        var offset = Current.Offset;
        if (Current.Is("try"))
            return ParseTry();
        if (!Accept("-"))
            return ParsePostfix();
        Enter();
        var operand = ParseTryPart();
        nesting--;
        return new NegateAst(offset, operand);
    }

    private FunctionAst ParseDefinition()
    {
        var offset = Current.Offset;
        Expect("def");
        if (Current.Kind != JqTokenKind.Word || (Keywords.Contains(Current.Text)))
            throw Unexpected("a function name");
        var name = tokens[position++].Text;
        var parameters = new List<(string, bool)>();
        if (Accept("("))
        {
            do
            {
                if (Current.Kind is not (JqTokenKind.Word or JqTokenKind.Variable))
                    throw Unexpected("a parameter name");
                parameters.Add((Current.Text, Current.Kind == JqTokenKind.Variable));
                position++;
            }
            while (Accept(";"));
            Expect(")");
        }

        Expect(":");
        var body = ParsePipe();
        Expect(";");
        return new FunctionAst(offset, name, parameters, body);
    }

    private void Enter()
    {
        if (++nesting > MaxNesting || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw TooDeep(Current.Offset);
    }

    private bool Accept(string symbolOrWord)
    {
        var accepted = Current.Is(symbolOrWord);
        if (accepted)
            position++;
        return accepted;
    }

    private void Expect(string symbolOrWord)
    {
        if (!Accept(symbolOrWord))
            throw Unexpected($"'{symbolOrWord}'");
    }

    private string ExpectVariable()
    {
        if (Current.Kind != JqTokenKind.Variable)
            throw Unexpected("a variable such as $name");
        return tokens[position++].Text;
    }

    private JqSyntaxException Unexpected(string expected)
    {
        var hint = Current.Kind == JqTokenKind.Word ? NearestWord.Suggestion(Current.Text, Keywords) : null;
        return new JqSyntaxException($"Unexpected {Current.Describe()}, expected {expected}", Current.Offset, hint);
    }

    private static JqSyntaxException TooDeep(int offset) =>
        new($"The expression is nested too deeply (more than {MaxNesting} levels)", offset);
}
