// The syntax of gradc model files.
parser grammar GradParser;

options { tokenVocab = GradLexer; }

file : packageDeclaration? importDeclaration* declaration* DOC* EOF;

packageDeclaration : DOC* PACKAGE qualifiedName SEMICOLON;

importDeclaration : IMPORT qualifiedName (DOT STAR)? SEMICOLON;

qualifiedName : name (DOT name)*;

declaration
    : DOC* FN name LPAREN parameters? RPAREN functionBody # functionDeclaration
    | DOC* MODEL name (LPAREN dimParameters? RPAREN)? LBRACE statement* DOC* RBRACE # modelDeclaration
    | DOC* GATE name LPAREN parameters? RPAREN LBRACE FORWARD expression SEMICOLON
      BACKWARD LPAREN name RPAREN expression (COMMA expression)* SEMICOLON RBRACE # gateDeclaration
    | DOC* CONST name ASSIGN expression SEMICOLON # constantDeclaration
    | PRECISION name SEMICOLON # precisionDeclaration
    ;

functionBody
    : ASSIGN expression SEMICOLON # expressionBody
    | LBRACE definition* expression SEMICOLON? RBRACE # blockBody
    ;

parameters : parameter (COMMA parameter)*;

parameter : name (ASSIGN expression)?;

dimParameters : dimParameter (COMMA dimParameter)*;

dimParameter : name (ASSIGN expression)?;

statement
    : DOC* role = (INPUT | PARAM) name (COMMA name)* COLON type (IN range)? SEMICOLON # variableStatement
    | DOC* CONST name ASSIGN expression SEMICOLON # constStatement
    | letStatement # defineStatement
    | DOC* OUTPUT name (ASSIGN expression)? SEMICOLON # outputStatement
    | DOC* LOSS ASSIGN expression SEMICOLON # lossStatement
    | PRECISION name SEMICOLON # precisionStatement
    | scan # scanStatement
    | DERIVE deriveClause (COMMA deriveClause)* SEMICOLON # deriveStatement
    ;

definition : letStatement | scan;

scan : SCAN name IN range WITH state (COMMA state)* (CHECKPOINT expression)? LBRACE scanStep* RBRACE;

letStatement : DOC* LET name (LBRACKET boundIndices RBRACKET)? ASSIGN expression SEMICOLON;

type : name (LBRACKET expression (COMMA expression)* RBRACKET)?;

range : expression RANGE expression;

state : name ASSIGN expression;

scanStep
    : definition # defineStep
    | name PRIME ASSIGN expression SEMICOLON # updateStep
    | COLLECT name (ASSIGN expression)? SEMICOLON # collectStep
    ;

deriveClause : name+ (LPAREN expression (COMMA expression)* RPAREN)?;

boundIndices : boundIndex (COMMA boundIndex)*;

boundIndex : name (IN range)?;

expression
    : IF condition = expression THEN positive = expression ELSE negative = expression # conditional
    | disjunction # plain
    ;

disjunction : conjunction (OR conjunction)*;

conjunction : comparison (AND comparison)*;

comparison : sum (comparisonOperator sum)*;

comparisonOperator : LT | LE | GT | GE | EQ | NE;

sum : product ((PLUS | MINUS) product)*;

// A binder takes all factors behind it, so it can only be the last one.
product : unary (productOperator unary)* (productOperator binder)? | binder;

productOperator : STAR | SLASH | AT;

binder : MINUS binder # negatedBinder
    | BINDER LBRACKET boundIndices RBRACKET product # plainBinder
    ;

unary : (MINUS | NOT) unary # prefixed
    | power # powered
    ;

power : postfix (CARET unary)?;

postfix : primary postfixPart*;

postfixPart
    : PRIME # transposePart
    | LBRACKET subscript (COMMA subscript)* RBRACKET # indexPart
    | DOT name # memberPart
    ;

subscript
    : expression # atSubscript
    | low = expression? COLON high = expression? (COLON step = expression?)? # sliceSubscript
    ;

primary
    : NUMBER # number
    | TRUE # trueLiteral
    | FALSE # falseLiteral
    | (name | BINDER) LPAREN (argument (COMMA argument)*)? RPAREN # call
    | name # reference
    | LPAREN expression RPAREN # parenthesized
    | LBRACKET expression (COMMA expression)* RBRACKET # tensorLiteral
    ;

argument : (name ASSIGN)? expression;

// Words that are special in one place only stay usable as names.
name : IDENTIFIER | FORWARD | BACKWARD | PRECISION | CHECKPOINT | COLLECT | LOSS;
